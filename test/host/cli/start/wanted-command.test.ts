import { expect, test } from "vitest"
import { wantedCommand } from "../../../../host/cli/start/wanted-command"

test.each([
    ["--help", undefined],
    ["help", undefined],
    ["--ascii --version", undefined],
    ["sim --help", "sim"],
    ["--ascii sim check", "sim"],
    ["help --ascii sim", "sim"],
    ["-- sim", "sim"],
    ["nonsense", "nonsense"],
])("heapscope %s wants %s", (line, name) => {
    expect(wantedCommand(line.split(" "))).toBe(name)
})
