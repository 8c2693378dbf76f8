using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class BatchResultErrorEntry
{
    public string? Id { get; set; }

    public string? Code { get; set; }

    public string? Message { get; set; }

    /// <summary>True if the entry itself is invalid, so that a retry cannot succeed.</summary>
    public bool? SenderFault { get; set; }

    internal static BatchResultErrorEntry Read(XElement entry) => new()
    {
        Id = entry.Text("Id"),
        Code = entry.Text("Code"),
        Message = entry.Text("Message"),
        SenderFault = entry.Text("SenderFault") is { } fault ? bool.Parse(fault) : null,
    };
}
