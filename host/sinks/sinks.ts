import { recordingFile } from "./files/recording-file"
import { metricsEndpoint } from "./metrics/metrics-endpoint"
import type { SinkKind } from "./sink-kind"
import { jsonLines, textLines } from "./terminal/printed-events"
import { terminalScreen } from "./terminal/screen"
import { livePage } from "./web/page-sink"

/** All that shows or keeps a source's events as they come. A new sink is one file, and one line here. */
export const SINKS: SinkKind[] = [
    recordingFile,
    terminalScreen,
    jsonLines,
    textLines,
    livePage,
    metricsEndpoint,
]
