using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront.Model;

public sealed class InvalidationBatch
{
    public InvalidationBatch() { }

    public InvalidationBatch(Paths paths, string callerReference) => (Paths, CallerReference) = (paths, callerReference);

    public Paths? Paths { get; set; }

    /// <summary>Identifies the request, so that CloudFront recognizes a retry.</summary>
    public string? CallerReference { get; set; }

    internal XElement ToXml(XNamespace xmlns) => new(
        xmlns + "InvalidationBatch",
        Paths?.ToXml(xmlns),
        CallerReference is null ? null : new XElement(xmlns + "CallerReference", CallerReference));

    internal static InvalidationBatch Read(XElement element) => new()
    {
        Paths = element.Child("Paths") is { } paths ? Paths.Read(paths) : null,
        CallerReference = element.Text("CallerReference"),
    };
}
