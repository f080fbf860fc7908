/** Replaced by the generated types of the server's OpenAPI description. */
// biome-ignore lint: generated file
export type paths = Record<string, never>
