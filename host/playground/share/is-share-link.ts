/** Whether there is a project behind an address's `#`, be it right or not. What reads it is fetched then. */
export function isShareLink(hash: string): boolean {
    return /^#p=/.test(hash)
}
