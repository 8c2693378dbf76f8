using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// A user who signs up gets the mail that verifies the address, a group, and the shop's mails. Each rule names what
/// prevents it.
/// </summary>
public static class SignUpRules
{
    /// <summary>
    /// Returns the groups in the token of a user without a group. Without a group of this system, the API responds with
    /// 403 (<see cref="Caller"/>). Cognito Developer Guide, "Pre token generation Lambda trigger".
    /// </summary>
    public static async Task<IReadOnlyList<string>> GroupsOfANewUserAsync(Cloud cloud)
    {
        var pool = cloud.Of("AWS::Cognito::UserPool").Single();
        var trigger = cloud.Target(pool.Stack, pool["LambdaConfig"]!["PreTokenGenerationConfig"]!["LambdaArn"])!;
        var answer = await Inline.RunAsync(trigger, """{"request":{"userAttributes":{"email":"a@example.com"},"groupConfiguration":{"groupsToOverride":[]}}}""");
        return [.. References.Texts(answer["response"]!["claimsAndScopeOverrideDetails"]!["groupOverrideDetails"]?["groupsToOverride"])];
    }

    /// <summary>
    /// Cognito's own sender sends at most 50 mails a day ("Quotas in Amazon Cognito"). A pool must use SES with the
    /// system's domain and settings, after the identity. Otherwise the stack must tell people that it does not.
    /// </summary>
    public static IEnumerable<string> MailsByCognito(Cloud cloud)
    {
        foreach (var pool in cloud.Of("AWS::Cognito::UserPool"))
        {
            var identity = cloud.Of("AWS::SES::EmailIdentity").Single();
            var domain = identity["EmailIdentity"]!.ToString();
            if (pool["EmailConfiguration"]?["EmailSendingAccount"]?.ToString() != "DEVELOPER")
            {
                var told = cloud.Tell(pool.Stack, cloud.Templates[pool.Stack]["Outputs"]?["SignUpMails"]?["Value"]);
                if (!told.Contains("sesReady", StringComparison.Ordinal)) yield return $"{pool.Path} sends 50 mails a day, without a warning";
                continue;
            }

            var mails = pool["EmailConfiguration"]!;
            if (cloud.Tell(pool.Stack, mails["SourceArn"]) != $"arn:${{AWS::Partition}}:ses:${{AWS::Region}}:${{AWS::AccountId}}:identity/{domain}")
                yield return $"{pool.Path} sends as another identity than {domain}, of the same region";
            if (mails["From"]?.ToString().EndsWith($"@{domain}", StringComparison.Ordinal) != true) yield return $"{pool.Path} sends from outside {domain}";
            if (cloud.Target(pool.Stack, mails["ConfigurationSet"])?.Type != "AWS::SES::ConfigurationSet") yield return $"{pool.Path} sends without the shop's settings";
            if (!cloud.AllNeeds(pool).Contains(identity.Id)) yield return $"{pool.Path} does not wait for {identity.Path}";
        }
    }

    /// <summary>
    /// In its sandbox, SES also requires the right to each recipient's identity ("not authorized to perform
    /// `ses:SendEmail' on resource `…:identity/recipient'": aws-sdk-js#3641). A right to send to any recipient must be
    /// bound to one sender (Service Authorization Reference, "Amazon Simple Email Service v2": <c>ses:FromAddress</c>).
    /// </summary>
    public static IEnumerable<string> RefusedInTheSandbox(Cloud cloud) =>
        from policy in cloud.Of("AWS::IAM::Policy")
        let statements = References.Listed(policy["PolicyDocument"]!["Statement"])
            .Where(statement => References.Texts(statement["Action"]).Contains("ses:SendEmail")).ToList()
        where statements.Count > 0
        from fault in Faults(cloud, policy, statements)
        select $"{policy.Path}: {fault}";

    private static IEnumerable<string> Faults(Cloud cloud, Resource policy, List<JsonNode> statements)
    {
        var toAll = statements.Where(statement => References.Listed(statement["Resource"])
            .Any(resource => cloud.Tell(policy.Stack, resource).EndsWith(":identity/*", StringComparison.Ordinal))).ToList();
        if (toAll.Count == 0) yield return "SES refuses verified recipients in its sandbox";
        if (toAll.Any(statement => statement["Condition"]?["StringEquals"]?["ses:FromAddress"] is null)) yield return "it may send as anybody";
    }
}
