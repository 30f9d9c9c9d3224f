import { type Definition, type Edge, edgesOf } from './definition-graph.ts';

/**
 * The definition as a Mermaid flowchart, without the ways that failures take: every one of those leads to Seal
 * evidence, which would hide everything else. Questions are diamonds, waits are hexagons, ends are round.
 */
export function workflowDiagram(definition: Definition): string {
  const names = Object.keys(definition.States);
  const idOf = (name: string) => `s${names.indexOf(name)}`;
  const shown = edgesOf(definition).filter((edge) => edge.by !== 'catch' || edge.on === 'States.Timeout');
  const drawn = new Set<string>();
  // Each state has its name where it is first met, so that the source can be read as well.
  const draw = (name: string) => {
    const shape = drawn.has(name) ? '' : shapeOf(definition, name);
    drawn.add(name);
    return `${idOf(name)}${shape}`;
  };
  return ['flowchart TD', ...shown.map((edge) => `  ${draw(edge.from)} -->${labelOf(edge)} ${draw(edge.to)}`)].join(
    '\n',
  );
}

function shapeOf(definition: Definition, name: string): string {
  switch (definition.States[name]?.Type) {
    case 'Choice':
      return `{"${name}"}`;
    case 'Wait':
      return `{{"${name}"}}`;
    case 'Succeed':
    case 'Fail':
      return `(["${name}"])`;
    default:
      return `["${name}"]`;
  }
}

function labelOf({ by, on }: Edge): string {
  if (by === 'choice' && on) return `|${on}|`;
  if (by === 'catch') return '|nobody decided in time|';
  return by === 'default' ? '|otherwise|' : '';
}
