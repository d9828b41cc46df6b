import Foundation
import OddityDatasets
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@Suite struct TablePreparerTests {
    let training: Table
    let preparer: TablePreparer

    init() throws {
        training = try Table(columns: [
            Column("age", [30, 40, 50, 60]),
            Column("city", categories: ["Bern", "Aarau", "Bern", nil]),
            Column("country", categories: ["CH", "CH", "CH", "CH"]),
        ])
        preparer = try TablePreparation().fitted(to: training)
    }

    @Test func categoriesBecomeOneFeatureALevel() throws {
        #expect(preparer.featureCount == 4, "age, Aarau, Bern and missing")
        let rows = try preparer.applied(to: training)
        // The category weighs as much as a number: its features have variance 1 in all.
        var variance: Float = 0
        for feature in preparer.features(ofColumn: 1) {
            let values = (0..<4).map { rows.features[$0, feature] }
            #expect(abs(values.reduce(0, +)) < 1e-5)
            variance += values.reduce(0) { $0 + $1 * $1 } / 4
        }
        #expect(abs(variance - 1) < 1e-5)
        #expect(rows.evidence.isEmpty)
    }

    @Test func unseenLevelsAreEvidence() throws {
        let rows = try preparer.applied(
            to: Table(columns: [
                Column("country", categories: ["FR", "CH", nil]),
                Column("city", categories: ["Bern", "Genf", nil]),
                Column("age", [30, 30, 30]),
            ])
        )
        #expect(rows.evidence.map { [$0.row, $0.column] } == [[1, 1], [0, 2], [2, 2]])
    }

    @Test func columnsAreFoundByName() throws {
        let reordered = try Table(columns: [
            training.columns[2], training.columns[0], Column("extra", [0, 0, 0, 0]),
            training.columns[1],
        ])
        let expected = try preparer.applied(to: training)
        #expect(try preparer.applied(to: reordered).features == expected.features)
    }

    @Test func rowsAreTransformedByThemselves() throws {
        let all = try preparer.applied(to: training).features
        for row in 0..<training.rowCount {
            let one = try preparer.applied(to: training.selecting(rows: [row])).features
            #expect(one == all.rows(row..<row + 1))
        }
    }

    @Test func survivesItsCoding() throws {
        let data = try JSONEncoder().encode(preparer)
        #expect(try JSONDecoder().decode(TablePreparer.self, from: data) == preparer)
    }

    @Test func damagedCodingIsRefused() throws {
        let text = String(decoding: try JSONEncoder().encode(preparer), as: UTF8.self)
        let damaged = text.replacingOccurrences(
            of: "\"missingIsLevel\":true",
            with: "\"missingIsLevel\":false"
        )
        #expect(damaged != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TablePreparer.self, from: Data(damaged.utf8))
        }
    }

    @Test func wrongTablesAreRefused() throws {
        #expect(throws: PreparationError.missingColumns(["age", "country"])) {
            try preparer.applied(to: try training.selecting(columns: ["city"]))
        }
        let text = try Table(columns: [
            Column("age", categories: ["old"]), Column("city", categories: ["Bern"]),
            Column("country", categories: ["CH"]),
        ])
        #expect(throws: PreparationError.wrongKind(column: "age", expected: "numbers")) {
            try preparer.applied(to: text)
        }
        #expect(throws: PreparationError.noRows) {
            try TablePreparation().fitted(to: Table(columns: [Column("age", [])]))
        }
        #expect(throws: PreparationError.noUsableColumns) {
            try TablePreparation().fitted(to: Table(columns: [Column("age", [1, 1])]))
        }
        #expect(throws: PreparationError.invalidClipping(0)) {
            try TablePreparation(clippingLimit: 0).fitted(to: training)
        }
    }

    @Test(arguments: [
        (0.0, "0"), (1.0, "1"), (-2.5, "-2.5"), (1234567.0, "1.23457e+06"), (123456.7, "123457"),
        (0.00001234567, "1.23457e-05"),
        (1e20, "1e+20"), (17.989999999, "17.99"),
    ])
    func numbersAreShownShort(value: Double, text: String) {
        #expect(CellValue.number(value).description == text)
    }
}
