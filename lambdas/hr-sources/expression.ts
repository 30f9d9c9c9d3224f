import * as z from 'zod';
import { isExpression } from './search-payload.ts';

/** A JMESPath expression (https://jmespath.org). */
export const expression = z
  .string()
  .min(1)
  .max(300, 'is longer than 300 characters')
  .refine(isExpression, 'is not a JMESPath expression');
