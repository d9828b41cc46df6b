package import OddityDetectors
internal import OddityFailures

/// What a person is told when data are not like those of the training, and what they can do.
package struct ShiftNote {
    /// The most columns that are named.
    private static let columnLimit = 2
    /// Shares closer than this are not worth a word.
    private static let leastDistance = 0.1

    /// One line; nil where there is nothing to tell.
    package let text: String?

    /// - Parameters:
    ///   - shift: what was found.
    ///   - detector: what scored the data.
    ///   - model: the path of its file.
    ///   - areNormal: whether only data count that labels call normal.
    package init(
        _ shift: Shift,
        by detector: some FittedDetector,
        model: String,
        areNormal: Bool = false
    ) {
        guard shift.isNoteworthy else {
            text = nil
            return
        }
        let unit = detector.heldOut.unit.rawValue
        let moved = Self.movedText(shift)
        let judged = counted(shift.count, areNormal ? "normal \(unit)" : unit)
        let changed = moved.map { "; changed most: \($0)" } ?? ""
        let found =
            if shift.flagsTooMany {
                "\(percent(shift.flaggedShare)) of \(judged) are called anomalies, and "
                    + "\(percent(shift.expectedShare)) were expected\(changed)"
            } else if let risen = shift.risen {
                "\(percent(risen.share)) of \(judged) are as odd as the oddest \(percent(risen.heldOutShare, 0)) of the "
                    + "held-out ones\(changed)"
            } else {
                "columns are not what they were in training: \(moved ?? "")"
            }
        text =
            "note: \(found); if that is normal now, \(Self.remedies(detector, hasColumns: moved != nil)), or oddity "
            + "recalibrate \(shownPath(model)) NEWER"
    }

    /// What helps besides, by the kind of detector.
    private static func remedies(_ detector: some FittedDetector, hasColumns: Bool) -> String {
        guard detector is FittedTableDetector, hasColumns else {
            return "fit again with newer data"
        }
        return
            "fit again with newer rows, leave such columns out (--ignore), judge rows by their past (--time)"
    }

    /// The columns that changed most, and how; nil where none did.
    private static func movedText(_ shift: Shift) -> String? {
        let moved = shift.columns.filter { $0.distance >= leastDistance }.prefix(columnLimit)
        guard !moved.isEmpty else { return nil }
        let more = shift.columns.count { $0.distance >= leastDistance } - moved.count
        return moved.map { "\(printable($0.column)) (\($0.text))" }.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }
}

extension ColumnShift {
    /// How the column changed, in a few words.
    package var text: String {
        let before = "\(percent(trainingShare, 0)) in training"
        switch kind {
        case .aboveAll(let value) where share == 1:
            return "all above \(short(value)), the largest of training"
        case .belowAll(let value) where share == 1:
            return "all below \(short(value)), the least of training"
        case .aboveAll(let value):
            return "\(percent(share, 0)) above \(short(value)), the largest of training"
        case .belowAll(let value):
            return "\(percent(share, 0)) below \(short(value)), the least of training"
        case .above(let value): return "\(percent(share, 0)) above \(short(value)), \(before)"
        case .level(let level): return "\(percent(share, 0)) \(printable(level)), \(before)"
        case .unseen: return "\(percent(share, 0)) of kinds that training never had"
        case .missing: return "\(percent(share, 0)) missing, \(before)"
        }
    }
}
