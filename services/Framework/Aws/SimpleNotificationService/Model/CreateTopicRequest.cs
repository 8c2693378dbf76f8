using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class CreateTopicRequest : AmazonSimpleNotificationServiceRequest
{
    public CreateTopicRequest() { }

    public CreateTopicRequest(string name) => Name = name;

    public string? Name { get; set; }

    public Dictionary<string, string>? Attributes { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        var form = new QueryParameters(http, service, "CreateTopic");
        form.Put("Name", Name);
        form.PutMap("Attributes", "key", Attributes, (at, value) => at.Put("value", value));
    }
}
