import { findLesson } from "../../../../host/tasks/lesson/catalogue"
import type { Study } from "../../../../host/tasks/lesson/study"

/** A study with figures of its own, of a lesson that is there. */
export const sampleStudy: Study = {
    lesson: findLesson("packed"),
    work: {
        wasteful: {
            peakLiveBytes: 15_368,
            liveBytes: 15_144,
            allocatedBytes: 43_120,
            allocations: 609,
            collections: 4,
            instructions: 13_053,
            boardTimeMs: 113.2,
            bytecodeBytes: 864,
        },
        byHand: {
            peakLiveBytes: 1_400,
            liveBytes: 1_364,
            allocatedBytes: 1_460,
            allocations: 5,
            collections: 0,
            instructions: 14_709,
            boardTimeMs: 38.1,
            bytecodeBytes: 800,
        },
        structure: {
            peakLiveBytes: 1_500,
            liveBytes: 1_480,
            allocatedBytes: 6_700,
            allocations: 133,
            collections: 0,
            instructions: 18_219,
            boardTimeMs: 56.6,
            bytecodeBytes: 1_728,
        },
    },
    log: ["customers 8421540", "\u001b[31mlast\u001b[0m"],
}
