import { formatBytesExact } from "../../../base/format-units"
import type { FlashReport } from "../../../documents/boards/flash-report"
import type { Style } from "../text/style"

/** What was written to a board, or would be, and what became of it. */
export function renderFlash(report: FlashReport, { colors: c }: Style): string {
    const { board, firmware, target, dryRun, cameUp } = report
    const isDone = cameUp !== null && isWanted(report)
    const mark = dryRun ? c.bold("→") : isDone ? c.green("✓") : c.yellow("!")
    const to =
        target.kind === "drive"
            ? `the drive at ${target.path} (${target.boardId})`
            : `${target.path} (${target.chip}, flash of ${formatBytesExact(target.flashBytes)})`
    const verb = dryRun ? "would get" : "has"
    const lines = [
        `${mark} ${board.name} (${board.id}) ${verb} ${firmware.from}`,
        `  ${dryRun ? "written to" : "by"} ${to}: ${formatBytesExact(firmware.fileBytes)}, SHA-256 ${firmware.sha256}`,
        ...firmware.parts.map(
            ({ what, address, bytes }) =>
                `    ${`0x${address.toString(16)}`.padEnd(12)}${what}, ${formatBytesExact(bytes)}`,
        ),
        `  its configuration: ${firmware.configuration}`,
        `  programs and settings on it: ${report.storage}`,
    ]
    if (dryRun) return [...lines, "  nothing was written"].join("\n")
    if (report.verified) lines.push("  verified by the chip")
    if (cameUp)
        lines.push(
            `  it came up at ${cameUp.port} with DeviceScript ${cameUp.runtimeVersion}${isDone ? "" : c.red(`, and says it is ${cameUp.board ?? `product 0x${(cameUp.productId ?? 0).toString(16)}`}`)}`,
        )
    return lines.join("\n")
}

/** Whether what came up is the board that was flashed, as far as it says. */
export function isWanted({ board, cameUp }: FlashReport): boolean {
    return cameUp?.productId === null || cameUp?.productId === board.productId
}
