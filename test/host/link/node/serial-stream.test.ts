import { expect, test } from "vitest"
import { SerialStreamPort } from "../../../../host/link/node/serial-stream"

const nobody = { data: () => undefined, closed: () => undefined }

test.skipIf(process.platform === "win32").each([
    ["/dev/null", "it is no serial port"],
    ["/", "it is no serial port"],
    ["/dev/ttyNONE", "there is no such port"],
])("%s is refused in words for people", async (path, why) => {
    const opening = new SerialStreamPort(path).open(nobody)
    await expect(opening).rejects.toThrow(
        `${path} cannot be opened: ${why}. \`heapscope ports\` lists what there is.`,
    )
})
