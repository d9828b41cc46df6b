internal import OddityImages
internal import OddityRecords

extension FitConfiguration {
    /// For each image that is learned from the number of its group; nil where none were asked for.
    ///
    /// - Parameters:
    ///   - training: the images that are learned from.
    ///   - all: the images that the caller gave, of which a list has the groups.
    ///   - foldCount: how many groups a pattern must tell.
    func groups(
        of training: ImageCollection,
        in all: ImageCollection,
        foldCount: Int
    ) throws -> [Int]? {
        switch options.value(.group) {
        case nil: return nil
        case .text(let pattern) where !all.isArray:
            return try ImageGroupPattern(pattern).groups(of: training, foldCount: foldCount)
        case .list(let items):
            let pieces = try items.map(piece)
            guard pieces.count == all.count else {
                throw options.invalid(
                    .group,
                    "a group for each of the \(all.count) images, and has \(pieces.count)"
                )
            }
            return ImageCollection.groups(of: all.places(of: training).map { pieces[$0] })
        default:
            throw options.invalid(.group, (all.isArray ? "" : "a pattern of paths, or ") + listed)
        }
    }

    /// The piece that an item of a list names; nil for a group of its own.
    private func piece(_ item: OptionValue) throws -> OptionValue? {
        switch item {
        case .null: nil
        case .text, .integer, .number: item
        case .flag, .list, .object: throw options.invalid(.group, listed)
        }
    }

    private var listed: String { "a list of a text, a number or null for each image" }
}

extension ImageCollection {
    /// For each image of a part of the collection its number in all of it.
    func places(of part: ImageCollection) -> [Int] {
        // A part that was chosen by folders has names that differ.
        guard part.count < count else { return Array(0..<count) }
        let numbers = Dictionary(
            (0..<count).map { (name(at: $0), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return (0..<part.count).map { numbers[part.name(at: $0)] ?? 0 }
    }
}
