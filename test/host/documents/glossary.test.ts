import { expect, test } from "vitest"
import { findTerm, GLOSSARY } from "../../../host/documents/glossary"
import { BLOCK_TYPES } from "../../../host/model/heap/block"

test("every kind of block that a program makes is explained, by the VM's word and by ours", () => {
    for (const type of BLOCK_TYPES)
        if (!["null", "free", "image"].includes(type)) expect(findTerm(type), type).toBeDefined()
})

test("a word is found in whatever way it is written, and means one thing", () => {
    for (const term of GLOSSARY)
        for (const name of term.names)
            for (const written of [name, name.toUpperCase(), name.replaceAll(" ", "-")])
                expect(findTerm(written)).toBe(term)
    expect(findTerm("call frames")).toBe(findTerm("call frame"))
    expect(findTerm("nonsense")).toBeUndefined()
})

test("what a word means is said in one to four sentences, without the VM's own words", () => {
    for (const { means } of GLOSSARY) {
        expect(means.split(/[.:](?:\s|$)/).length - 1, means).toBeLessThanOrEqual(5)
        expect(means).not.toMatch(/activation|bound-function|half-static|string-jmp/)
    }
})
