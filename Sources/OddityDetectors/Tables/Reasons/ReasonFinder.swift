internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// Names the columns that made rows odd.
///
/// It has workspaces, so it serves one thread.
///
/// First comes the column whose value lies furthest from what the others suggest. Where another is still three
/// deviations off once the first holds its expected value, it is named too, and so on. Where the first value would
/// be usual by itself, so that only the combination is odd, the columns that disagree with it are named with it.
final class ReasonFinder {
    /// The part from which a column is odd by itself: that of three standard deviations.
    static let oddPart = 9.0
    /// The share of the first column's part from which another disagrees with it.
    static let companionShare = 0.75

    private let preparer: TablePreparer
    private let rows: ExpectationRows
    private let reasonCount: Int
    private let inputs: AlignedBuffer
    private let outputs: AlignedBuffer
    /// Inputs, outputs and expected features of the row at hand.
    private let rowInputs: AlignedBuffer
    private let rowOutputs: AlignedBuffer
    private let expected: AlignedBuffer
    private var unknown: [[Int]]
    private var parts: [Double]
    private var remaining: [Double]

    init(_ expectations: ColumnExpectations, preparer: TablePreparer, reasonCount: Int) {
        self.preparer = preparer
        self.reasonCount = reasonCount
        rows = ExpectationRows(expectations, preparer: preparer)
        let size = InferencePlan.tileRowCount
        inputs = AlignedBuffer(count: size * expectations.inputCount)
        outputs = AlignedBuffer(count: size * expectations.featureCount)
        rowInputs = AlignedBuffer(count: expectations.inputCount)
        rowOutputs = AlignedBuffer(count: expectations.featureCount)
        expected = AlignedBuffer(count: expectations.featureCount)
        unknown = [[Int]](repeating: [], count: size)
        parts = [Double](repeating: 0, count: preparer.columns.count)
        remaining = parts
    }

    /// The row at hand.
    private struct Row {
        let features: UnsafePointer<Float>
        let inputs: UnsafePointer<Float>
        /// The columns whose cells training could not have produced.
        let foreign: [Int]
        /// Those, and the columns whose cells lie beyond all training rows: they say nothing of others.
        let unknown: [Int]
        let actual: (Int) -> CellValue
    }

    /// The reasons of some rows.
    ///
    /// - Parameters:
    ///   - features: all rows.
    ///   - chosen: at most a tile of them.
    ///   - foreign: for each of these the columns whose cells training could not have produced.
    ///   - actual: the cell of a row and a column.
    func reasons(
        _ features: UnsafePointer<Float>,
        of chosen: [Int],
        foreign: [[Int]],
        actual: (_ row: Int, _ column: Int) -> CellValue
    ) -> [[Reason]] {
        guard !chosen.isEmpty else { return [] }
        let width = rows.expectations.featureCount
        let inputCount = rows.expectations.inputCount
        for place in foreign.indices {
            let row = features + chosen[place] * width
            let own = inputs.baseAddress + place * inputCount
            rows.writeInputs(row, to: own)
            unknown[place] =
                foreign[place]
                + rows.columnsOutside(row).filter {
                    !foreign[place].contains($0)
                }
            if !unknown[place].isEmpty { rows.fill(unknown[place], of: own) }
        }
        rows.predict(inputs.baseAddress, rowCount: foreign.count, into: outputs.baseAddress)
        return foreign.indices.map { place in
            withoutActuallyEscaping(actual) { actual in
                reasons(
                    of: Row(
                        features: features + chosen[place] * width,
                        inputs: inputs.baseAddress + place * inputCount,
                        foreign: foreign[place],
                        unknown: unknown[place],
                        actual: { actual(chosen[place], $0) }
                    ),
                    outputs: outputs.baseAddress + place * width
                )
            }
        }
    }

    private func reasons(of row: Row, outputs: UnsafeMutablePointer<Float>) -> [Reason] {
        rows.measure(
            row.features,
            outputs: outputs,
            unknown: row.unknown,
            foreign: row.foreign,
            into: &parts
        )
        guard let first = largest(parts, above: 0, except: [], row, outputs) else { return [] }
        var named = [(column: first, part: parts[first])]
        remaining = parts
        addFurther(&named, row)
        addCompanions(&named, row, outputs)
        let columns = named.map(\.column)
        var total = 0.0
        for column in parts.indices where !columns.contains(column) { total += remaining[column] }
        for (_, part) in named { total += part }
        // What one column should hold does not depend on what it holds.
        var outputs = UnsafePointer(outputs)
        if named.count > 1 {
            replace(columns, of: row)
            outputs = UnsafePointer(rowOutputs.baseAddress)
        }
        named.sort { $0.part > $1.part }
        return named.compactMap { column, part in
            let (value, probability) = expectedValue(column, outputs)
            let actual = row.actual(column)
            guard differ(actual, value) else { return nil }
            return Reason(
                column: preparer.columns[column].name,
                share: part / total,
                actual: actual,
                expected: value,
                expectedProbability: probability
            )
        }
    }

    /// Adds columns that are odd even when those named before hold what they should.
    private func addFurther(_ named: inout [(column: Int, part: Double)], _ row: Row) {
        while named.count < reasonCount {
            let columns = named.map(\.column)
            guard
                remaining.indices.contains(where: {
                    remaining[$0] >= ReasonFinder.oddPart && !columns.contains($0)
                })
            else { return }
            let unknown = replace(columns, of: row)
            rows.measure(
                row.features,
                outputs: rowOutputs.baseAddress,
                unknown: unknown,
                foreign: row.foreign,
                into: &remaining
            )
            guard
                let next = largest(
                    remaining,
                    above: ReasonFinder.oddPart,
                    except: columns,
                    row,
                    rowOutputs.baseAddress
                )
            else { return }
            named.append((next, remaining[next]))
        }
    }

    /// Adds columns that disagree with the first, where its value would be usual by itself.
    private func addCompanions(
        _ named: inout [(column: Int, part: Double)],
        _ row: Row,
        _ outputs: UnsafePointer<Float>
    ) {
        guard !row.unknown.contains(named[0].column) else { return }
        let least = ReasonFinder.companionShare * named[0].part
        while named.count < reasonCount,
            let next = largest(parts, above: least, except: named.map(\.column), row, outputs)
        {
            named.append((next, parts[next]))
        }
    }

    /// Puts what they should hold in place of columns, and tells what then follows for all.
    ///
    /// - Returns: the columns that were filled in.
    @discardableResult private func replace(_ columns: [Int], of row: Row) -> [Int] {
        let filled = columns + row.unknown.filter { !columns.contains($0) }
        rowInputs.baseAddress.update(from: row.inputs, count: rowInputs.count)
        rows.fill(filled, of: rowInputs.baseAddress)
        rows.predict(rowInputs.baseAddress, rowCount: 1, into: rowOutputs.baseAddress)
        return filled
    }

    /// The column with the largest part that does not hold what it should; of equal ones the first.
    private func largest(
        _ parts: [Double],
        above least: Double,
        except named: [Int],
        _ row: Row,
        _ outputs: UnsafePointer<Float>
    ) -> Int? {
        var refused = named
        while true {
            var best: Int?
            for column in parts.indices where parts[column] >= least && parts[column] > 0 {
                guard parts[column] > best.map({ parts[$0] }) ?? 0, !refused.contains(column) else {
                    continue
                }
                best = column
            }
            guard let best else { return nil }
            if differ(row.actual(best), expectedValue(best, outputs).value) { return best }
            refused.append(best)
        }
    }

    private func expectedValue(
        _ column: Int,
        _ outputs: UnsafePointer<Float>
    ) -> (value: CellValue, probability: Double?) {
        let probability = rows.writeExpected(column, outputs: outputs, to: expected.baseAddress)
        return (preparer.value(ofColumn: column, in: expected.baseAddress), probability)
    }

    /// Whether two cells differ as they are printed.
    private func differ(_ left: CellValue, _ right: CellValue) -> Bool {
        if case .number(let left) = left, case .number(let right) = right,
            abs(left - right) > 1e-4 * max(abs(left), abs(right))
        {
            return true
        }
        return left.description != right.description
    }
}
