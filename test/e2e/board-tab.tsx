import { render } from "preact"
import { boardOf, type OfferedBoard } from "../../host/link/flash/flash-offer"
import type { Program } from "../../host/model/program/program"
import { applyTheme, systemTheme } from "../../host/page/theme"
import { RealBoard } from "../../host/playground/board/real-board"
import { RealBoardView } from "../../host/playground/board/real-board-view"
import { workerSimulations } from "../../host/playground/board/worker-simulations"

/** What the test has put beside this page. */
export interface BoardTabGiven {
    boards: OfferedBoard[]
    /** By name, as the compiler of the test has made them; bytes as base64. */
    programs: Record<string, Omit<Program, "bytecode" | "settings"> & { bytecode: string }>
}

/** What a test reaches in the tab. */
export interface BoardTab {
    board: RealBoard
    /** The program that is there to be deployed, by name; one that is not does not compile. */
    program: string
}

const given = (await (await fetch("given.json")).json()) as BoardTabGiven
const boards = given.boards.map(boardOf)
const tab = { program: "still" } as BoardTab
const program = (name: string): Program => {
    const found = given.programs[name]
    if (!found) throw new Error(`${name} does not compile`)
    const bytecode = Uint8Array.from(atob(found.bytecode), sign => sign.charCodeAt(0))
    return { ...found, bytecode, settings: new Map() }
}
tab.board = new RealBoard({
    boards,
    board: () => boards.find(({ id }) => id === "pico")!,
    program: () => Promise.resolve().then(() => program(tab.program)),
    compiled: () => (tab.program === "none" ? undefined : program(tab.program)),
    simulations: workerSimulations(() => new Worker("worker.js", { type: "module" })),
})
Object.assign(globalThis, { boardTab: tab })
applyTheme(systemTheme())
render(<RealBoardView board={tab.board} />, document.getElementById("page")!)
