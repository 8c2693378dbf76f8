using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The kinds of values that an import of a catalogue accepts.</summary>
internal static class CatalogueValues
{
    public static Value<string> Currency { get; } =
        Values.Text("CODE", $"one of {string.Join(", ", ProductLimits.Currencies)}", ProductLimits.Currencies.Contains);

    public static Value<string> Warehouse { get; } = Values.Text(
        "NAME",
        $"1 to {ProductLimits.MaxWarehouse} letters, digits, dashes and underscores, and begin with a letter or digit",
        IsWarehouse);

    // The shop's rule for warehouse names.
    private static bool IsWarehouse(string text) =>
        new CreateProduct("x", "", "x", new Money(1, ProductLimits.Currencies[0]), 0, text, new Dictionary<string, string>(), [])
            .Check()
            .All(violation => violation.Field != "warehouse");
}
