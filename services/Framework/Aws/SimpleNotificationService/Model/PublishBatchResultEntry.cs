using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class PublishBatchResultEntry
{
    public string? Id { get; set; }

    public string? MessageId { get; set; }

    /// <summary>Set by FIFO topics only.</summary>
    public string? SequenceNumber { get; set; }

    internal static PublishBatchResultEntry Read(XElement entry) => new()
    {
        Id = entry.Text("Id"),
        MessageId = entry.Text("MessageId"),
        SequenceNumber = entry.Text("SequenceNumber"),
    };
}
