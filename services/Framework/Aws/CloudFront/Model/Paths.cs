using System.Globalization;
using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront.Model;

public sealed class Paths
{
    public List<string>? Items { get; set; }

    /// <summary>Must be the number of items. As in the official package, the caller sets it.</summary>
    public int? Quantity { get; set; }

    internal XElement ToXml(XNamespace xmlns) => new(
        xmlns + "Paths",
        Quantity is null ? null : new XElement(xmlns + "Quantity", Quantity),
        Items is null ? null : new XElement(xmlns + "Items", Items.Select(path => new XElement(xmlns + "Path", path))));

    internal static Paths Read(XElement element) => new()
    {
        Quantity = element.Text("Quantity") is { } quantity ? int.Parse(quantity, CultureInfo.InvariantCulture) : null,
        Items = element.Child("Items") is { } items ? [.. items.Elements().Select(path => path.Value)] : null,
    };
}
