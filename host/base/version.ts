/** Of heapscope itself, as `package.json` has it: documents say who made them, also in a browser. */
export const VERSION = "0.1.0"
