/** A column as the engine must read it from a row file. */
export type Column = { readonly name: string; readonly type: string };
