/// Puts what was computed for the tiles of an image back together, as the mean where tiles overlap.
public struct TileStitcher: Sendable {
    /// Width and height of the whole.
    public let size: ImageSize
    /// Where the tiles are, in the order of their rows.
    public let positions: [ImageTiling.Position]
    private let tileSize: ImageSize

    /// Makes a stitcher for an image of a size.
    ///
    /// - Parameters:
    ///   - size: Width and height of the image that was cut.
    ///   - tiling: How it was cut; nil is one tile of the whole size.
    public init(size: ImageSize, tiling: ImageTiling?) {
        self.size = size
        tileSize = tiling?.tileSize ?? size
        positions = tiling?.positions(in: size) ?? [ImageTiling.Position(x: 0, y: 0)]
    }

    /// The map of the whole image from maps of its tiles.
    ///
    /// - Parameter tiles: For each tile, in order, `tile height × tile width × depth` numbers, such as the
    ///   errors of its pixels (depth 1) or a reconstruction (depth 1 or 3).
    /// - Returns: `height × width × depth` numbers.
    public func map(ofTiles tiles: [[Float]]) -> [Float] {
        precondition(tiles.count == positions.count, "a map for each tile")
        let depth = (tiles.first?.count ?? 0) / tileSize.pixelCount
        precondition(
            tiles.allSatisfy { $0.count == tileSize.pixelCount * depth },
            "maps of the tile's size"
        )
        var sums = [Float](repeating: 0, count: size.pixelCount * depth)
        let width = tileSize.width * depth
        for (tile, position) in zip(tiles, positions) {
            for row in 0..<tileSize.height {
                let target = ((position.y + row) * size.width + position.x) * depth
                for i in 0..<width { sums[target + i] += tile[row * width + i] }
            }
        }
        for (i, count) in counts().enumerated() {
            for c in 0..<depth { sums[i * depth + c] /= count }
        }
        return sums
    }

    /// The number of tiles each pixel is in.
    private func counts() -> [Float] {
        var counts = [Float](repeating: 0, count: size.pixelCount)
        for position in positions {
            for y in position.y..<position.y + tileSize.height {
                for x in position.x..<position.x + tileSize.width {
                    counts[y * size.width + x] += 1
                }
            }
        }
        return counts
    }
}
