using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class SubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    public string? TopicArn { get; set; }

    public string? Protocol { get; set; }

    public string? Endpoint { get; set; }

    /// <summary>
    /// For example <c>RawMessageDelivery</c>, <c>FilterPolicy</c>, <c>FilterPolicyScope</c> and <c>RedrivePolicy</c>.
    /// </summary>
    public Dictionary<string, string>? Attributes { get; set; }

    public bool? ReturnSubscriptionArn { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        var form = new QueryParameters(http, service, "Subscribe");
        form.Put("TopicArn", TopicArn);
        form.Put("Protocol", Protocol);
        form.Put("Endpoint", Endpoint);
        form.PutMap("Attributes", "key", Attributes, (at, value) => at.Put("value", value));
        form.Put("ReturnSubscriptionArn", ReturnSubscriptionArn);
    }
}
