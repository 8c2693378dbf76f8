using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    public string? TopicArn { get; set; }

    public List<PublishBatchRequestEntry>? PublishBatchRequestEntries { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        var form = new QueryParameters(http, service, "PublishBatch");
        form.Put("TopicArn", TopicArn);
        form.PutList("PublishBatchRequestEntries", PublishBatchRequestEntries, (at, entry) => entry.WriteTo(at));
    }
}
