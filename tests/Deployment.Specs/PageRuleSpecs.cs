using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>The page's bucket is private, its answers carry security headers, and its sign-in keeps no secret.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class PageRuleSpecs(Synthesis synthesis)
{
    [Theory]
    [InlineData("ContentSecurityPolicy")]
    [InlineData("ContentTypeOptions")]
    [InlineData("FrameOptions")]
    [InlineData("ReferrerPolicy")]
    [InlineData("StrictTransportSecurity")]
    public void Page_without_a_security_header_is_caught(string header)
    {
        synthesis.Holds(PageRules.MissingHeaders, cloud => Headers(cloud).Remove(header), $"default: {header}");
        synthesis.Holds(
            PageRules.MissingHeaders, cloud => Headers(cloud)[header]!["Override"] = false, $"default: {header}");
    }

    [Fact]
    public void Strict_transport_of_less_than_a_year_is_caught() => synthesis.Holds(
        PageRules.MissingHeaders,
        cloud => Headers(cloud)["StrictTransportSecurity"]!["AccessControlMaxAgeSec"] = 3600,
        "default: StrictTransportSecurity");

    [Fact]
    public void Page_without_TLS_is_caught() => synthesis.Holds(
        PageRules.PagesWithoutTls,
        cloud => Distribution(cloud)["DefaultCacheBehavior"]!["ViewerProtocolPolicy"] = "allow-all",
        "default");

    [Fact]
    public void Page_that_anyone_can_list_is_caught()
    {
        synthesis.Holds(
            PageRules.OpenPages,
            cloud => ReadByEdge(cloud)["Action"] = new JsonArray("s3:GetObject", "s3:ListBucket"),
            "Page/Files allows s3:ListBucket to {Service:cloudfront.amazonaws.com}");
        synthesis.Holds(
            PageRules.OpenPages,
            cloud => ReadByEdge(cloud).AsObject().Remove("Condition"),
            "Page/Files allows s3:GetObject to {Service:cloudfront.amazonaws.com}");
    }

    [Fact]
    public void Filling_before_its_rights_or_without_a_timeout_is_caught()
    {
        synthesis.Holds(
            PageRules.FragileCustomResources,
            cloud => cloud.At("AWS::Lambda::Function", "Page/Function").Node.Remove("DependsOn"),
            "Page/Filling/Default: Page/Role/DefaultPolicy can come after it");
        synthesis.Holds(
            PageRules.FragileCustomResources,
            cloud => cloud.At("Custom::PageFiles", "Page/Filling/Default").Properties.Remove("ServiceTimeout"),
            "Page/Filling/Default: it has no timeout above its function's");
    }

    [Theory]
    [InlineData("AllowedOAuthFlows", "another flow than code")]
    [InlineData("GenerateSecret", "a secret")]
    [InlineData("CallbackURLs", "a callback without TLS")]
    public void Sign_in_with_more_than_code_and_PKCE_is_caught(string property, string fault)
    {
        JsonNode wrong = property switch
        {
            "GenerateSecret" => true,
            "CallbackURLs" => new JsonArray("http://shop.example.com/shop/signed-in"),
            _ => new JsonArray("code", "implicit"),
        };
        Catches(cloud => cloud.Of("AWS::Cognito::UserPoolClient").Single().Properties[property] = wrong, fault);
    }

    [Fact]
    public void Sign_in_page_without_a_domain_or_a_style_is_caught()
    {
        Catches(cloud => cloud.Remove(cloud.Of("AWS::Cognito::UserPoolDomain").Single()), "no valid domain");
        Catches(
            cloud => cloud.Of("AWS::Cognito::UserPoolDomain").Single().Properties["Domain"] = "Shop.dev",
            "no valid domain: Shop.dev");
        Catches(cloud => cloud.Remove(cloud.Of("AWS::Cognito::ManagedLoginBranding").Single()), "no style");
    }

    /// <summary>Only the environment with a domain can sign people in.</summary>
    private void Catches(Action<Cloud> fault, string found)
    {
        Assert.Empty(PageRules.UnsafeSignIns(synthesis.Production));
        Assert.Empty(PageRules.UnsafeSignIns(synthesis.Development));
        Assert.Contains(
            found,
            Assert.Single(PageRules.UnsafeSignIns(synthesis.Development.Damaged(fault))),
            StringComparison.Ordinal);
    }

    private static JsonObject Headers(Cloud cloud) =>
        cloud.At("AWS::CloudFront::ResponseHeadersPolicy", "Page/Headers")["ResponseHeadersPolicyConfig"]!["SecurityHeadersConfig"]!.AsObject();

    private static JsonNode Distribution(Cloud cloud) =>
        cloud.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!;

    private static JsonNode ReadByEdge(Cloud cloud) =>
        cloud.At("AWS::S3::BucketPolicy", "Page/Files/Policy")["PolicyDocument"]!["Statement"]!.AsArray()
            .Single(statement => statement!["Effect"]!.ToString() == "Allow")!;
}
