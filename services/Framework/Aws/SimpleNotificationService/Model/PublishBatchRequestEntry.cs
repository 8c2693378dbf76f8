using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class PublishBatchRequestEntry
{
    /// <summary>Distinct within a batch. The response identifies the entry by it.</summary>
    public string? Id { get; set; }

    public string? Message { get; set; }

    public string? Subject { get; set; }

    public string? MessageStructure { get; set; }

    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    public string? MessageDeduplicationId { get; set; }

    public string? MessageGroupId { get; set; }

    internal void WriteTo(QueryParameters form)
    {
        form.Put("Id", Id);
        form.Put("Message", Message);
        form.Put("Subject", Subject);
        form.Put("MessageStructure", MessageStructure);
        form.PutMap("MessageAttributes", "Name", MessageAttributes, (at, value) => value.WriteTo(at));
        form.Put("MessageDeduplicationId", MessageDeduplicationId);
        form.Put("MessageGroupId", MessageGroupId);
    }
}
