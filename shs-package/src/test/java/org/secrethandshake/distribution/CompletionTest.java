package org.secrethandshake.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CompletionTest {
  @Test
  void offersFishEachWordWithItsMeaning() {
    assertEquals(
        """
        # Completion of tool for fish, made from its commands and options.
        complete -c tool -f
        complete -c tool -n '__fish_use_subcommand' -l verbose -d 'Say more.'
        complete -c tool -n __fish_use_subcommand -a 'copy' -d 'Copy \\\\ a file.'
        complete -c tool -n '__fish_seen_subcommand_from copy' -l allow -x -d 'Who.'
        complete -c tool -n '__fish_seen_subcommand_from copy' -l how -x -a 'fast slow' -d ''
        complete -c tool -n '__fish_seen_subcommand_from copy' -s k -l key -r -F -d 'The key\\'s [file].'
        complete -c tool -n '__fish_seen_subcommand_from copy' -F
        """,
        FishCompletion.of(Sample.model()));
  }

  @Test
  void offersZshEachWordWithItsMeaning() {
    assertEquals(
        """
        #compdef tool
        # Completion of tool for zsh, made from its commands and options.
        local curcontext="$curcontext" state line
        local -a commands=(
          'copy:Copy \\\\ a file.'
        )
        _arguments -C \\
          '(--verbose)--verbose[Say more.]' \\
          '1: :->command' \\
          '*:: :->rest'
        case $state in
          command) _describe -t commands command commands ;;
          rest)
            case $line[1] in
              copy) _arguments \\
                '*--allow=[Who.]:NAME:' \\
                '(--how)--how=[]:WAY:(fast slow)' \\
                '(-k --key)-k+[The key'\\''s \\[file\\].]:FILE:_files' \\
                '(-k --key)--key=[The key'\\''s \\[file\\].]:FILE:_files' \\
                '1:FROM:_files' ;;
            esac
            ;;
        esac
        """,
        ZshCompletion.of(Sample.model()));
  }
}
