internal import OddityFiles

/// The offsets of a time zone from UTC, and when they change.
///
/// Read from the system's time zone database once, and kept in the model, so that later rows are read alike wherever
/// that is.
public struct TimeZoneRules: Codable, Hashable, Sendable {
    /// A change of the offset.
    struct Change: Codable, Hashable, Sendable {
        /// Seconds since 1970 in UTC.
        var time: Int64
        /// Seconds east of Greenwich from then on.
        var offset: Int64
    }

    /// The name, such as `Europe/Berlin`.
    public let name: String
    /// The offset before the first change.
    let firstOffset: Int64
    /// In the order of time.
    let changes: [Change]

    /// The years to which rules are followed that have no end.
    private static let lastYear = 2_100
    private static let folders = ["/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/etc/zoneinfo/"]
    private static let sizeLimit = 1 << 20

    init(name: String, firstOffset: Int64, changes: [Change]) {
        (self.name, self.firstOffset, self.changes) = (name, firstOffset, changes)
    }

    /// Finds a zone of the system's database.
    ///
    /// - Parameter name: A name such as `Europe/Berlin` or `UTC`.
    /// - Throws: ``TimeError`` of code `unknownTimeZone` if there is no such zone.
    public init(named name: String) throws {
        let isName =
            !name.isEmpty
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && part.first != "."
                    && part.allSatisfy {
                        $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0))
                    }
            }
        for folder in Self.folders where isName {
            guard Folder.kind(of: folder + name) == .file,
                let file = try? InputFile(path: folder + name, requiresRegularFile: true),
                let bytes = try? file.prefix(Self.sizeLimit),
                let rules = TimeZoneFile(bytes)?.rules(named: name, lastYear: Self.lastYear)
            else { continue }
            self = rules
            return
        }
        throw TimeError(
            .unknownTimeZone,
            "there is no time zone \(name.debugDescription) on this system; give a name such as Europe/Berlin, or write"
                + " times with an offset from UTC"
        )
    }

    /// Reads rules, and refuses such as cannot be.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        firstOffset = try container.decode(Int64.self, forKey: .firstOffset)
        changes = try container.decode([Change].self, forKey: .changes)
        let isOrdered = zip(changes, changes.dropFirst()).allSatisfy { $0.time < $1.time }
        let day = Int64(86_400)
        guard isOrdered, ([firstOffset] + changes.map(\.offset)).allSatisfy({ -day...day ~= $0 }),
            changes.allSatisfy({ (-1 << 40)...(1 << 40) ~= $0.time })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .changes,
                in: container,
                debugDescription: "offsets of no time zone"
            )
        }
    }

    /// The offset in seconds at a time in UTC.
    package func offset(at time: Int64) -> Int64 {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : changes[low - 1].offset
    }

    /// The time of a clock in the zone, given as if it were UTC; the first of two where an hour is there twice.
    ///
    /// A time that is passed over when clocks go forward counts with the offset before.
    package func instant(ofLocal local: Instant) -> Instant? {
        let (seconds, _) = local.nanoseconds.dividedFlooring(by: 1_000_000_000)
        let readings = readings(ofLocal: seconds)
        let offset = readings.first ?? self.offset(at: seconds - 86_400)
        return local.shifted(bySeconds: -offset)
    }

    /// The second time of which the clock shows the same; nil where there is none.
    package func laterReading(of instant: Instant) -> Instant? {
        let (seconds, _) = instant.nanoseconds.dividedFlooring(by: 1_000_000_000)
        let offset = offset(at: seconds)
        let readings = readings(ofLocal: seconds + offset)
        guard readings.count == 2, readings[0] == offset else { return nil }
        return instant.shifted(bySeconds: readings[0] - readings[1])
    }

    /// The offsets with which a clock in the zone shows a time, that of the earlier one first.
    private func readings(ofLocal seconds: Int64) -> [Int64] {
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        let offsets = before == after ? [before] : [before, after]
        return offsets.filter { offset(at: seconds - $0) == $0 }
    }
}

extension Instant {
    /// The point in time so many seconds later; nil where there is none.
    fileprivate func shifted(bySeconds seconds: Int64) -> Instant? {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(seconds * 1_000_000_000)
        return overflow ? nil : Instant(nanoseconds: sum)
    }
}
