/** The tab's compiler is loaded as it was fetched. */
export function makeSnapshotLater(): undefined {
    return undefined
}
