public import OddityFailures

/// Why a network can't be trained or used on some data.
public enum TrainingError: Failure, Equatable {
    /// A training option is outside its range; the text says which.
    case option(String)
    /// Rows have another number of columns than the network's input or output.
    case columnCount(found: Int, expected: Int)
    /// The network has an odd number of outputs, where the Gaussian loss needs a mean and a log
    /// variance for each target column.
    case oddOutputSize(Int)
    /// The network's output is a flat row, where a loss compares images or series.
    case flatOutput(loss: String)
    /// Inputs and targets have different numbers of rows.
    case rowCount(inputs: Int, targets: Int)
    /// There is no row to train on.
    case noRows
    /// A row to train or validate on is not in the matrix.
    case rowOutside(Int, rowCount: Int)
    /// A number to train or validate on is NaN or infinite.
    case nonFiniteValue(row: Int, column: Int)
    /// A target is outside [0, 1], where the binary cross-entropy needs it.
    case targetOutsideUnitInterval(row: Int, column: Int, value: Float)
    /// The loss or a parameter stopped being finite.
    case nonFiniteLoss(epoch: Int, step: Int)
    /// A checkpoint belongs to another network or optimizer; the text says how.
    case checkpoint(String)

    /// One line: what is wrong, where, and how to fix it.
    public var description: String {
        switch self {
        case .option(let problem):
            return problem
        case .columnCount(let found, let expected):
            return "rows have \(found) columns where the network needs \(expected)"
        case .oddOutputSize(let size):
            return "the network has \(size) outputs; the Gaussian loss needs two for each target "
                + "column, a mean and a log variance"
        case .flatOutput(let loss):
            return "the loss \(loss) compares images or series, and the network returns flat rows; "
                + "end it with a layer that returns a shape, or use another loss"
        case .rowCount(let inputs, let targets):
            return "there are \(inputs) rows of inputs and \(targets) of targets; "
                + "each input needs one target"
        case .noRows:
            return "there is no row to train on; give at least one"
        case .rowOutside(let row, let rowCount):
            return "row \(row) is not among the \(rowCount) rows of the data"
        case .nonFiniteValue(let row, let column):
            return "row \(row), column \(column) is not a finite number; "
                + "replace missing values before training"
        case .targetOutsideUnitInterval(let row, let column, let value):
            return "row \(row), column \(column) is \(value); binary cross-entropy needs targets "
                + "from 0 to 1: scale the data to [0, 1] or use another loss"
        case .nonFiniteLoss(let epoch, let step):
            return "the loss is no longer finite in epoch \(epoch), step \(step); "
                + "use a smaller learning rate or gradient clipping"
        case .checkpoint(let problem):
            return "the checkpoint does not fit: \(problem)"
        }
    }
}

extension TrainingError {
    /// The caller for options, else the rows.
    public var blame: Blame {
        switch self {
        case .option: .caller
        case .columnCount, .oddOutputSize, .flatOutput, .rowCount, .noRows, .rowOutside,
            .nonFiniteValue, .targetOutsideUnitInterval, .nonFiniteLoss, .checkpoint:
            .data
        }
    }
}
