using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2.Model;

public sealed class CreateEmailIdentityRequest : AmazonSimpleEmailServiceV2Request
{
    /// <summary>An address or a domain.</summary>
    public string? EmailIdentity { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service) => WriteTo(http, "/v2/email/identities");
}
