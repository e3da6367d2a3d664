import { BaseSequencer } from "vitest/node"

/** Files whose boards are waited for in real time: four of them at once leave both cores idle. */
const WAITING = /\/test\/vm\/link\//

/** The order in which files are begun: Vitest's, but for those that wait, which are spread over their project. */
export class FileOrder extends BaseSequencer {
    async sort(files) {
        const sorted = await super.sort(files)
        const isWaiting = ({ moduleId }) => WAITING.test(moduleId)
        const projects = new Set(sorted.map(({ project }) => project))
        return [...projects].flatMap(project => {
            const files = sorted.filter(file => file.project === project)
            return spread(
                files.filter(file => !isWaiting(file)),
                files.filter(file => isWaiting(file)),
            )
        })
    }
}

/** Both, each in its order, and as evenly as can be. */
function spread(...lists) {
    return lists
        .flatMap(list => list.map((item, i) => ({ item, at: (i + 0.5) / list.length })))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item)
}
