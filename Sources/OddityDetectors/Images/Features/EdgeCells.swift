internal import OddityLinearAlgebra

/// How strong the edges of each direction are around the cells of an image.
///
/// With the differences gx = I(y, x + 1) − I(y, x − 1) and gy = I(y + 1, x) − I(y − 1, x) of the grey
/// image I, edges replicated, the strength in direction k of 8 is max(0, gx cos(2πk/8) + gy
/// sin(2πk/8)). Strengths are pooled by a tent in both axes (``TentAxis``) and their square roots
/// returned, so that a strong edge does not drown the weak ones. (Orientation histograms: Lowe 2004,
/// Dalal and Triggs 2005.)
///
/// It has workspaces, so it serves one thread.
final class EdgeCells {
    private static let directions = ImageGeometry.directionCount
    /// The directions as unit vectors; by hand, so that a right angle has a cosine of exactly 0.
    static let cosines: [Float] = [1, half, 0, -half, -1, -half, 0, half]
    static let sines: [Float] = [0, half, 1, half, 0, -half, -1, -half]
    private static let half = Float(0.5).squareRoot()

    private let height: Int
    private let width: Int
    private let rows: TentAxis
    private let columns: TentAxis
    /// The strengths of one row of pixels.
    private let strengths: AlignedBuffer
    /// The strengths of all rows of pixels, pooled along the rows.
    private let pooledRows: AlignedBuffer

    init(height: Int, width: Int, cell: Int) {
        self.height = height
        self.width = width
        rows = TentAxis(length: height, cell: cell)
        columns = TentAxis(length: width, cell: cell)
        strengths = AlignedBuffer(count: width * EdgeCells.directions)
        pooledRows = AlignedBuffer(count: height * columns.cells.count * EdgeCells.directions)
    }

    /// Writes 8 numbers for each cell, row after row.
    ///
    /// - Parameters:
    ///   - image: height × width numbers.
    ///   - result: where the square roots of the pooled strengths go.
    func measure(_ image: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        let stride = columns.cells.count * EdgeCells.directions
        for y in 0..<height {
            measureRow(y, of: image)
            poolRow(into: pooledRows.baseAddress + y * stride)
        }
        for (index, cell) in rows.cells.enumerated() {
            let target = result + index * stride
            target.update(repeating: 0, count: stride)
            for (offset, weight) in cell.weights.enumerated() {
                let source = pooledRows.baseAddress + (cell.start + offset) * stride
                for i in 0..<stride { target[i] += weight * source[i] }
            }
            for i in 0..<stride { target[i] = target[i].squareRoot() }
        }
    }

    private func measureRow(_ y: Int, of image: UnsafePointer<Float>) {
        let here = image + y * width
        let above = image + max(y - 1, 0) * width
        let below = image + min(y + 1, height - 1) * width
        let count = EdgeCells.directions
        let width = width
        var target = strengths.baseAddress
        EdgeCells.cosines.withUnsafeBufferPointer { cosines in
            EdgeCells.sines.withUnsafeBufferPointer { sines in
                for x in 0..<width {
                    let gx = here[min(x + 1, width - 1)] - here[max(x - 1, 0)]
                    let gy = below[x] - above[x]
                    for k in 0..<count {
                        let strength = gx * cosines[k] + gy * sines[k]
                        target[k] = strength > 0 ? strength : 0
                    }
                    target += count
                }
            }
        }
    }

    private func poolRow(into target: UnsafeMutablePointer<Float>) {
        let count = EdgeCells.directions
        let strengths = strengths.baseAddress
        for (index, cell) in columns.cells.enumerated() {
            let sum = target + index * count
            sum.update(repeating: 0, count: count)
            cell.weights.withUnsafeBufferPointer { weights in
                for offset in 0..<weights.count {
                    let weight = weights[offset]
                    let source = strengths + (cell.start + offset) * count
                    for k in 0..<count { sum[k] += weight * source[k] }
                }
            }
        }
    }
}
