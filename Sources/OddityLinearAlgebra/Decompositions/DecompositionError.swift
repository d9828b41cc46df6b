public import OddityFailures

/// Why a matrix cannot be decomposed.
public enum DecompositionError: Failure, Equatable {
    /// LAPACK's iteration did not end, which happens when elements are not finite or overflow.
    case notConverged(size: Int)
    /// A matrix that has to be positive definite is not, or its elements are not finite.
    case notPositiveDefinite(size: Int)
}

extension DecompositionError: CustomStringConvertible {
    /// One line: what was wrong and how to fix it.
    public var description: String {
        switch self {
        case .notConverged(let size):
            "the eigenvalues of a \(size) × \(size) matrix were not found: its numbers are not finite "
                + "or too large; scale the columns first"
        case .notPositiveDefinite(let size):
            "a \(size) × \(size) matrix is not positive definite; add a small number to its diagonal"
        }
    }
}

extension DecompositionError {
    /// The numbers cannot be decomposed.
    public var blame: Blame { .data }
}
