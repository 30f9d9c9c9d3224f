import { MisuseError } from '../options/errors.ts';

/**
 * The one name that CloudFormation or the local run gave to a resource of the stack: the stack's name, then the
 * resource's logical id (its name in the code and eight hexadecimal digits), then characters of its own; locally the
 * logical id alone.
 * @throws MisuseError when none or several fit, naming the option that settles it.
 */
export function resolveResourceName(
  names: readonly string[],
  wanted: { stack: string; resource: string; option: string; output: string },
): string {
  const { stack, resource, option, output } = wanted;
  const pattern = new RegExp(`^(?:${stack}-)?${resource}[0-9a-f]{8}(?:-[0-9a-z]+)?$`, 'i');
  const [name, ...others] = names.filter((candidate) => pattern.test(candidate));
  if (name !== undefined && others.length === 0) return name;
  const found = name === undefined ? 'nothing' : 'more than one resource';
  throw new MisuseError(
    `${found} in this account and region looks like the ${resource} of --stack ${stack}; give ${option}, the output ${output} of the stack`,
  );
}
