/// The weights with which the pixels along one axis go into overlapping cells.
///
/// A cell of size c weighs the pixels around its centre by a tent 1, …, c, …, 1 of width 2c − 1,
/// divided by its sum c². Centres lie at c/2 (whole numbers), c/2 + c, …; beyond its ends the image
/// goes on with its edge, whose pixel then has the sum of the weights.
struct TentAxis: Sendable {
    /// One cell: the first pixel with a weight, and the weights from there on.
    struct Cell: Sendable {
        let start: Int
        let weights: [Float]
    }

    let cells: [Cell]

    init(length: Int, cell size: Int) {
        cells = (0..<TentAxis.cellCount(length: length, cell: size)).map { index in
            let center = size / 2 + index * size
            let start = max(0, center - size + 1)
            let end = min(length - 1, center + size - 1)
            var weights = [Float](repeating: 0, count: end - start + 1)
            for offset in (1 - size)..<size {
                let pixel = min(max(center + offset, 0), length - 1)
                weights[pixel - start] += Float(size - abs(offset)) / Float(size * size)
            }
            return Cell(start: start, weights: weights)
        }
    }

    /// The number of cells along `length` pixels.
    static func cellCount(length: Int, cell size: Int) -> Int {
        (length - size / 2 + size - 1) / size
    }
}
