/** The beginning of a message as one plain line: Markdown marks say nothing in a list. */
export function plainPreview(text: string | null | undefined): string {
  return (text ?? '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`+|~~)/g, '')
    .replace(/^[#>\s-]+|\n[#>\s*-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
