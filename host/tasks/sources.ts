import { emulatedBoard } from "./emulated/watch-emulated"
import type { SourceKind } from "./source-kind"
import { boardAtPort } from "./watch-port"
import { recording } from "./watch-replay"
import { simulatedBoard } from "./watch-sim"

/** All there is to watch. A new source is one file, and one line here. */
export const SOURCES: SourceKind[] = [simulatedBoard, boardAtPort, emulatedBoard, recording]
