// Scripts for shells that the library for completion lacks. They ask `hardened-aks complete -- <words>`.

/**
 * Completion for bash from 3.2, the version of macOS, without the package bash-completion. The script of the
 * library needs that package, evaluates what is typed, and fails if it is read twice.
 *
 * Bash splits a word at "=", unless COMP_WORDBREAKS says otherwise, and compopt exists since bash 4.
 */
export const BASH_SCRIPT = `# bash completion for hardened-aks
_hardened_aks() {
    local word line current="\${COMP_WORDS[COMP_CWORD]}" prefix=
    local -a words=()
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == = ]] || words+=("$word")
    done
    [[ $current == = ]] && current=
    [[ $current == --*=* ]] && prefix="\${current%%=*}="
    COMPREPLY=()
    compopt +o default 2>/dev/null
    while IFS= read -r line; do
        case $line in
            :0) compopt -o default 2>/dev/null ;;
            :*) ;;
            *) COMPREPLY+=("$prefix\${line%%$'\\t'*}") ;;
        esac
    done < <(hardened-aks complete -- \${words[@]+"\${words[@]}"} "$current" 2>/dev/null)
}
complete -o default -F _hardened_aks hardened-aks
`;

/** Starts the completion system of zsh if the settings of the user do not. */
export const ZSH_PRELUDE = `#compdef hardened-aks
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
`;
