using ServerlessCqrs.Simulation.Runs;

if (CommandLine.IsMeant(args)) return CommandLine.Run(args);
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, ServerlessCqrs.Simulation.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
