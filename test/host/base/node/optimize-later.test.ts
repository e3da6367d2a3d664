import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { OPTIMIZE_LATER } from "../../../../host/base/node/optimize-later"

test("this Node starts with the flags", () => {
    const told = execFileSync(process.execPath, [...OPTIMIZE_LATER, "-p", "1 + 1"], {
        encoding: "utf8",
    })
    expect(told.trim()).toBe("2")
})
