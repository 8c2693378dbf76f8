using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>The security headers of every answer, whatever the origin sends.</summary>
internal static class SecurityHeaders
{
    /// <param name="contentSecurityPolicy">For answers that a browser shows. Null adds none.</param>
    public static ResponseSecurityHeadersBehavior With(string? contentSecurityPolicy) => new()
    {
        ContentSecurityPolicy = contentSecurityPolicy is null ? null : new ResponseHeadersContentSecurityPolicy
        {
            ContentSecurityPolicy = contentSecurityPolicy,
            Override = true,
        },
        StrictTransportSecurity = new ResponseHeadersStrictTransportSecurity
        {
            AccessControlMaxAge = Duration.Days(365),
            IncludeSubdomains = true,
            Override = true,
        },
        ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
        FrameOptions = new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true },
        ReferrerPolicy = new ResponseHeadersReferrerPolicy
        {
            ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER,
            Override = true,
        },
    };
}
