internal import COddityKernels

/// A loss with the workspaces that losses of images need, for one thread at a time.
final class PlannedLoss {
    private let function: LossFunction
    private let term: (any ImageTerm)?

    init(_ function: LossFunction) {
        self.function = function
        term = function.makeImageTerm()
    }

    /// The sum over the elements of some rows, and `scale` times its gradient in the same pass.
    ///
    /// A loss of images is a mean over a row's elements, so that its sum is that times their number.
    ///
    /// - Parameters:
    ///   - predicted: rows of the network's outputs.
    ///   - expected: rows of ``LossFunction/targetSize`` numbers.
    ///   - gradient: the derivatives by `predicted`.
    func sum(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float,
        rowCount: Int
    ) -> Double {
        var sum = function.sum(
            predicted: predicted,
            expected: expected,
            gradient: gradient,
            scale: scale,
            rowCount: rowCount
        )
        guard let term else { return sum }
        let size = function.targetSize
        for row in 0..<rowCount {
            let value = term.value(
                predicted: predicted + row * size,
                expected: expected + row * size,
                gradient: gradient.map { $0 + row * size },
                scale: scale * Float(size)
            )
            sum += value * Double(size)
        }
        return sum
    }
}

/// A loss of two images of a known shape, with its workspaces.
protocol ImageTerm: AnyObject {
    /// The loss of one row; `scale` times its gradient is added to `gradient`.
    func value(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float
    ) -> Double
}
