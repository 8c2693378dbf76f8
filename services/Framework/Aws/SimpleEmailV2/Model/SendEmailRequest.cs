using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2.Model;

public sealed class SendEmailRequest : AmazonSimpleEmailServiceV2Request
{
    public string? FromEmailAddress { get; set; }

    public Destination? Destination { get; set; }

    public List<string>? ReplyToAddresses { get; set; }

    public EmailContent? Content { get; set; }

    public List<MessageTag>? EmailTags { get; set; }

    public string? ConfigurationSetName { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service) => WriteTo(http, "/v2/email/outbound-emails");
}
