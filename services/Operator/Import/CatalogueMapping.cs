using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Import;

/// <summary>What a catalogue leaves open.</summary>
/// <param name="ImageBase">The folder of the images' folders: an image's URL is <c>{base}/{category}/{file}</c>.</param>
public sealed record CatalogueDefaults(
    string Currency,
    string Warehouse,
    Uri ImageBase);

/// <summary>
/// How an entry becomes a product: <c>id</c>, <c>name</c>, <c>category</c> and <c>price</c> are needed; <c>description</c>, <c>current_stock</c>, <c>image</c>, <c>style</c> and <c>gender_affinity</c> are taken where they are there (the last two as
/// specifications); other fields are left out. Nothing is mended silently: a price above the shop's maximum becomes the maximum, and the product says so.
/// </summary>
public sealed class CatalogueMapping(CatalogueDefaults defaults)
{
    private static readonly string[] Specifications = ["style", "gender_affinity"];

    /// <summary>The product of an entry, or why there is none.</summary>
    public (CatalogueProduct? Product, string? Fault) Map(FileEntry entry)
    {
        if (entry.Fault is not null) return (null, entry.Fault);
        if (entry.Lacks("id", "name", "category", "price") is { } missing) return (null, $"it has no {missing}.");
        if (!Guid.TryParse(entry.Fields["id"], out var id)) return (null, $"its id '{entry.Fields["id"]}' is no UUID.");
        if (!decimal.TryParse(entry.Fields["price"], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price))
            return (null, $"its price '{entry.Fields["price"]}' is no number.");
        var stock = 0;
        if (entry.Fields.GetValueOrDefault("current_stock") is { } pieces && !int.TryParse(pieces, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out stock))
            return (null, $"its current_stock '{pieces}' is no whole number.");

        var command = new CreateProduct(
            entry.Fields["name"]!,
            entry.Fields.GetValueOrDefault("description") ?? "",
            entry.Fields["category"]!,
            new Money(Math.Min(price, ProductLimits.MaxPrice), defaults.Currency),
            stock,
            defaults.Warehouse,
            Specifications.Where(name => entry.Fields.GetValueOrDefault(name) is not null).ToDictionary(name => name, name => entry.Fields[name]!),
            entry.Fields.GetValueOrDefault("image") is { } file ? [Image(id, file, entry.Fields["category"]!, entry.Fields["name"]!)] : []);
        var violations = command.Check().Select(violation => $"{violation.Field}: {violation.Message}").ToList();
        return violations.Count > 0
            ? (null, string.Join(" ", violations))
            : (new CatalogueProduct(ProductStreams.IdOf(id), command, price > ProductLimits.MaxPrice ? price : null), null);
    }

    private NewImage Image(Guid product, string file, string category, string name) => new(
        CommandIds.Named(product, $"image\n{file}"),
        $"{defaults.ImageBase.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(category)}/{Uri.EscapeDataString(file)}",
        name);
}
