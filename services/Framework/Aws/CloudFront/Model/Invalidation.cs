using System.Globalization;
using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront.Model;

public sealed class Invalidation
{
    public string? Id { get; set; }

    /// <summary>InProgress or Completed.</summary>
    public string? Status { get; set; }

    public DateTime? CreateTime { get; set; }

    public InvalidationBatch? InvalidationBatch { get; set; }

    internal static Invalidation Read(XElement element) => new()
    {
        Id = element.Text("Id"),
        Status = element.Text("Status"),
        CreateTime = element.Text("CreateTime") is { } time ? DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) : null,
        InvalidationBatch = element.Child("InvalidationBatch") is { } batch ? InvalidationBatch.Read(batch) : null,
    };
}
