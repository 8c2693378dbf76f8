using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class SubscribeResponse : AmazonWebServiceResponse
{
    public string? SubscriptionArn { get; set; }

    internal static SubscribeResponse Read(XElement root, IWebResponseData http) => new()
    {
        SubscriptionArn = root.Child("SubscribeResult").Text("SubscriptionArn"),
    };
}
