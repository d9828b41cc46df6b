/// How odd one image is, and where.
public struct ExplainedImage: Sendable, Equatable {
    /// What is said of the image.
    public let verdict: Verdict
    /// For each pixel, row after row, how odd its surroundings are: 0 is typical, larger is odder, in
    /// standard deviations of held-out normal images at the same place.
    ///
    /// It is the mean over the members, and over structure and raw patches by their weights in the
    /// score, of z = (ln(M + ε) − mean) / deviation, where M is the squared distance of the patch
    /// around the pixel, in between interpolated.
    ///
    /// Where only pixels count (``ImageMeasures/pixels``), it is the mean over the members of each pooled
    /// pixel's squared error, divided by its mean over held-out images: 1 is typical.
    public let heatMap: [Float]
    /// What the network of pooled pixels expected, the mean over the members, enlarged to the
    /// image's size: numbers from 0 to 1, channels last.
    public let reconstruction: [Float]
    /// The pixel at which ``heatMap`` is largest, the first of equal ones.
    public let oddestPixel: PixelPosition

    /// How odd the image is.
    public var score: RowScore { verdict.score }
    /// Whether the image is called an anomaly.
    public var isAnomaly: Bool { verdict.isAnomaly }

    /// - Parameter width: the pixels of a row of the heat map.
    init(verdict: Verdict, heatMap: [Float], reconstruction: [Float], width: Int) {
        self.verdict = verdict
        self.heatMap = heatMap
        self.reconstruction = reconstruction
        let oddest = heatMap.indices.reduce(0) { heatMap[$1] > heatMap[$0] ? $1 : $0 }
        oddestPixel = PixelPosition(row: oddest / width, column: oddest % width)
    }
}

/// A pixel of an image.
public struct PixelPosition: Sendable, Hashable, Codable {
    /// The row, from 0 at the top.
    public let row: Int
    /// The column, from 0 at the left.
    public let column: Int

    /// Makes a place.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}
