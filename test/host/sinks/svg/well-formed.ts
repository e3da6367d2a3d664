import { expect } from "vitest"

/** Every tag closes in order; no character that XML 1.0 forbids; no stray markup in between. */
export function expectWellFormed(xml: string): void {
    // oxlint-disable-next-line no-control-regex -- the characters XML forbids
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\p{Surrogate}]/u)
    const open: string[] = []
    const rest = xml.replace(
        /<(\/?)([a-z][\w-]*)((?: [\w:-]+="[^"<]*")*)(\/?)>/gi,
        (_, close: string, name: string, _attributes: string, selfClosed: string) => {
            if (close !== "") expect(open.pop()).toBe(name)
            else if (selfClosed === "") open.push(name)
            return ""
        },
    )
    expect(open).toEqual([])
    expect(rest.replace(/&(?:amp|lt|gt|quot);/g, "")).not.toMatch(/[<&]/)
}
