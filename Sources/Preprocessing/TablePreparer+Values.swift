public import Datasets

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A cell of a table, in the column's own units.
public enum CellValue: Codable, Sendable, Equatable {
    /// A number.
    case number(Double)
    /// A category.
    case category(String)
    /// No value.
    case missing
}

extension CellValue: CustomStringConvertible {
    /// The value as a person would write it: numbers with at most six significant digits.
    public var description: String {
        switch self {
        case .number(let value): shortText(value)
        case .category(let level): level
        case .missing: "missing"
        }
    }
}

extension TablePreparer {
    /// The value of a cell in a table's row.
    public func actualValue(ofColumn column: Int, row: Int, in table: Table) -> CellValue {
        switch table[columns[column].name]?.values {
        case .numeric(let values): values[row].isNaN ? .missing : .number(values[row])
        case .categorical(let codes, let levels):
            codes[row] < 0 ? .missing : .category(levels[Int(codes[row])])
        case .text(let texts): texts[row].map(CellValue.category) ?? .missing
        case nil: .missing
        }
    }

    /// The value that a row of features, such as a network's reconstruction, stands for: the inverse
    /// of ``applied(to:)``.
    ///
    /// - Parameter features: one row, ``featureCount`` numbers.
    public func value(ofColumn column: Int, in features: UnsafePointer<Float>) -> CellValue {
        let own = features + offsets[column]
        switch columns[column].encoder {
        case .numeric(let encoder):
            return encoder.value(of: own).map(CellValue.number) ?? .missing
        case .categorical(let encoder):
            return encoder.level(of: own).map(CellValue.category) ?? .missing
        }
    }
}

/// A number with at most six significant digits, as C's %g writes it.
func shortText(_ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
        _ = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%g", $0) }
        return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
}
