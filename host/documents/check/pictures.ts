import type { Histograms } from "../profile/histograms"
import type { CallNode } from "../profile-report"
import type { Sample } from "../sim-report"
import type { Snapshot } from "../snapshot"

/** What a page about a check draws of one run; its document does without. */
export interface RunPictures {
    /** In order of time. */
    samples: readonly Sample[]
    /** Who allocated, by path of calls. */
    tree: CallNode
    histograms: Histograms
    /** The heap at the end, or at the death; absent where there was none. */
    heap?: Snapshot
}
