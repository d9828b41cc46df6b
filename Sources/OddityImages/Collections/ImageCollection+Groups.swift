extension ImageCollection {
    /// Numbers the pieces that images show, by what their names tell of them.
    ///
    /// Several images of one piece are nearly alike. A fit that knows of them (`ImageDetector.fitted(to:)` takes
    /// `groups`) holds them out together:
    ///
    ///     let images = try ImageCollection(path: "tiles").trainingImages
    ///     let groups = images.groups { name in name.split(separator: "_").first.map(String.init) }
    ///
    /// - Parameter piece: the piece that an image's ``name(at:)`` tells; nil for an image that is a group of
    ///   its own.
    /// - Returns: for each image the number of its group; numbers are given from 0, in the order of the images.
    public func groups<Piece: Hashable>(
        by piece: (_ name: String) throws -> Piece?
    ) rethrows -> [Int] {
        Self.groups(of: try (0..<count).map { try piece(name(at: $0)) })
    }

    /// Numbers the pieces that images show, like ``groups(by:)``.
    ///
    /// - Parameter pieces: for each image the piece that it shows.
    package static func groups<Piece: Hashable>(of pieces: [Piece?]) -> [Int] {
        var numbers: [Piece: Int] = [:]
        var groupCount = 0
        return pieces.map { piece in
            if let number = piece.flatMap({ numbers[$0] }) { return number }
            if let piece { numbers[piece] = groupCount }
            groupCount += 1
            return groupCount - 1
        }
    }
}
