internal import OddityPreprocessing

extension ImageDetector {
    /// The images of each fold; those of a group stay together.
    ///
    /// - Parameter groups: for each image the number of its group; nil where each is one of its own.
    /// - Throws: ``DetectorError`` for fewer groups than folds, or one with nearly all images.
    func partition(ofImages count: Int, _ groups: [Int]?) throws -> Folds {
        guard let groups else { return Folds(rowCount: count, count: folds, seed: seed) }
        let groupCount = Set(groups).count
        guard groupCount >= folds else {
            throw DetectorError.invalidSetting(
                name: "the number of groups",
                value: "\(groupCount)",
                remedy: "\(folds) folds need images of at least as many"
            )
        }
        let partition = Folds(groups: groups, count: folds, seed: seed)
        let largest = partition.rows.map(\.count).max() ?? 0
        // As many as a member has of the fewest images, of which each is a group.
        guard count - largest >= ImageDetector.minimumImageCount / 2 else {
            throw DetectorError.unusableImages(
                "one group has \(largest) of the \(count) images, so that \(count - largest) would be left to "
                    + "learn from without it; give images of more pieces"
            )
        }
        return partition
    }

    /// Refuses groups of another number of images.
    func checkGroups(_ groups: [Int]?, ofImages count: Int) throws {
        guard let groups, groups.count != count else { return }
        throw DetectorError.invalidSetting(
            name: "the number of images with a group",
            value: "\(groups.count)",
            remedy: "give a group for each of the \(count)"
        )
    }
}
