using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>A user who signs up can use the shop. Each rule fails on the templates of commit 7d5ba1d.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class SignUpSpecs(Synthesis synthesis)
{
    [Fact]
    public async Task New_user_is_a_customer()
    {
        Assert.Equal([ShopRoles.Customer], await SignUpRules.GroupsOfANewUserAsync(synthesis.Production));
        Assert.Empty(await SignUpRules.GroupsOfANewUserAsync(Before.Production));
    }

    [Theory]
    [InlineData("SourceArn", "sends as another identity")]
    [InlineData("From", "sends from outside")]
    [InlineData("ConfigurationSet", "sends without the shop's settings")]
    [InlineData("EmailSendingAccount", "sends 50 mails a day, without a warning")]
    public void Sign_up_mails_go_by_SES_or_people_are_told(string lost, string fault)
    {
        Assert.Empty(SignUpRules.MailsByCognito(synthesis.Production));
        Assert.Empty(SignUpRules.MailsByCognito(synthesis.Development));
        Assert.Contains(fault, Assert.Single(SignUpRules.MailsByCognito(synthesis.Development.Damaged(cloud =>
            cloud.At("AWS::Cognito::UserPool", "Identity/Pool")["EmailConfiguration"]!.AsObject().Remove(lost)))), StringComparison.Ordinal);
        Assert.Equal(["Identity/Pool sends 50 mails a day, without a warning"], SignUpRules.MailsByCognito(Before.Production));
    }

    [Fact]
    public void Pool_waits_for_the_identity_that_it_sends_as() => Assert.Contains("does not wait", Assert.Single(
        SignUpRules.MailsByCognito(synthesis.Development.Damaged(cloud => cloud.At("AWS::Cognito::UserPool", "Identity/Pool").Node.Remove("DependsOn")))), StringComparison.Ordinal);

    [Fact]
    public void Mail_reaches_a_verified_recipient_in_the_sandbox()
    {
        Assert.Empty(SignUpRules.RefusedInTheSandbox(synthesis.Production));
        Assert.Empty(SignUpRules.RefusedInTheSandbox(synthesis.Development));
        Assert.Equal(["EventsToMail/Role/DefaultPolicy: SES refuses verified recipients in its sandbox"], SignUpRules.RefusedInTheSandbox(Before.Production));
        Assert.Equal(["EventsToMail/Role/DefaultPolicy: it may send as anybody"], SignUpRules.RefusedInTheSandbox(synthesis.Production.Damaged(cloud =>
        {
            foreach (var statement in cloud.At("AWS::IAM::Policy", "EventsToMail/Role/DefaultPolicy")["PolicyDocument"]!["Statement"]!.AsArray())
                statement!.AsObject().Remove("Condition");
        })));
    }
}
